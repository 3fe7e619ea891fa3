using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>Finds ids and codes that are repeated in one call: reports the second occurrence with the position of the first.</summary>
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

    /// <summary>Records the next item's id and code. A missing or invalid one has already been reported.</summary>
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
                errors.Add(index, "id", ErrorCodes.RepeatedId, $"Item {first} has the same id, {known}.");
            else
                errors.Add(index, "code", ErrorCodes.RepeatedCode, $"Item {first} has the same code.");
        }
    }
}
