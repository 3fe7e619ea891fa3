using System.Collections;

namespace Scrip.Ledger;

/// <summary>A list whose items are worked out whenever they are asked for: of a large call it keeps nothing in memory.</summary>
internal sealed class ComputedList<T>(int count, Func<int, T> itemAt) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index] => itemAt(index);

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < count; index++)
            yield return itemAt(index);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
