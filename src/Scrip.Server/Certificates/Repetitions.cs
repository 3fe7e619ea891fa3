using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>The same id or code twice in one call: the second one is named, and where the first is.</summary>
internal sealed class Repetitions
{
    private readonly Dictionary<long, int> ids = [];
    private readonly Dictionary<CertificateCode, int> codes = [];
    private readonly List<(int Index, long? Id, int First)> repeated = [];

    public void EnsureCapacity(int items, bool withIds)
    {
        codes.EnsureCapacity(items);
        if (withIds)
            ids.EnsureCapacity(items);
    }

    /// <summary>Of the next item. What it has not, or has not right, is an error already.</summary>
    public void Note(int index, long? id, CertificateCode code)
    {
        if (id is { } known && !ids.TryAdd(known, index))
            repeated.Add((index, known, ids[known]));
        if (code != default && !codes.TryAdd(code, index))
            repeated.Add((index, null, codes[code]));
    }

    public void AddTo(RequestErrors errors)
    {
        foreach (var (index, id, first) in repeated)
        {
            if (id is { } known)
                errors.Add(index, "id", ErrorCodes.RepeatedId, $"id {known} stands in item {first} too.");
            else
                errors.Add(index, "code", ErrorCodes.RepeatedCode, $"The same code stands in item {first} too.");
        }
    }
}
