using System.Text.Json.Serialization;
using Scrip.Baselines.EfCore.Certificates;
using Scrip.Baselines.EfCore.Redemptions;

namespace Scrip.Baselines.EfCore;

[JsonSerializable(typeof(CertificateAnswer))]
[JsonSerializable(typeof(IEnumerable<CertificateAnswer>))]
[JsonSerializable(typeof(IAsyncEnumerable<CertificateAnswer>))]
[JsonSerializable(typeof(List<CertificateAnswer>))]
[JsonSerializable(typeof(List<CertificateBody>))]
[JsonSerializable(typeof(List<ChangeBody>))]
[JsonSerializable(typeof(CheckBody))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(RedemptionBody))]
[JsonSerializable(typeof(RedemptionAnswer))]
internal sealed partial class ShopJson : JsonSerializerContext;
