using System.Collections;

namespace Scrip.Ledger;

/// <summary>A list that computes its items on access, so that a large call keeps none of them in memory.</summary>
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
