using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scrip.Client;

/// <summary>How the wire types look as JSON: snake_case, without nulls, and read strictly.</summary>
[JsonSerializable(typeof(CertificateResource))]
[JsonSerializable(typeof(List<CertificateResource>))]
[JsonSerializable(typeof(IReadOnlyList<NewCertificateRequest>))]
[JsonSerializable(typeof(IReadOnlyList<CertificateChangeRequest>))]
[JsonSerializable(typeof(CertificateChangeRequest))]
[JsonSerializable(typeof(IReadOnlyList<CertificatePatchRequest>))]
[JsonSerializable(typeof(CertificatePatchRequest))]
[JsonSerializable(typeof(CertificateDetailsResource))]
[JsonSerializable(typeof(List<CertificateDetailsResource>))]
[JsonSerializable(typeof(GenerationRequest))]
[JsonSerializable(typeof(BatchResource))]
[JsonSerializable(typeof(List<BatchResource>))]
[JsonSerializable(typeof(BatchNameRequest))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(CodeCheckRequest))]
[JsonSerializable(typeof(CodeCheckResource))]
[JsonSerializable(typeof(RedemptionRequest))]
[JsonSerializable(typeof(RedemptionResource))]
[JsonSerializable(typeof(List<RedemptionResource>))]
[JsonSerializable(typeof(CaptureRequest))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(EntryResource))]
[JsonSerializable(typeof(List<EntryResource>))]
[JsonSerializable(typeof(LiabilityResource))]
[JsonSerializable(typeof(ApiTokenRequest))]
[JsonSerializable(typeof(ApiTokenResource))]
[JsonSerializable(typeof(ApiTokenRotationRequest))]
[JsonSerializable(typeof(List<ApiTokenResource>))]
[JsonSerializable(typeof(SiteRequest))]
[JsonSerializable(typeof(SiteResource))]
[JsonSerializable(typeof(List<SiteResource>))]
[JsonSerializable(typeof(WhoAmIResource))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ScripJson : JsonSerializerContext
{
    /// <summary>The options write text as UTF-8 without escapes, so that a Cyrillic code stays readable and short.</summary>
    public static ScripJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
