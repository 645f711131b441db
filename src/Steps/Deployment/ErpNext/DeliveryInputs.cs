using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The delivery of the certificate as an input of the steps that depend on it.</summary>
internal static class DeliveryInputs
{
    /// <summary>
    /// Adds it unless it is the default, so that steps that were done before the key existed stay done.
    /// </summary>
    public static StepInputs AddDelivery(this StepInputs inputs, AnswerFile answers) =>
        CertificateVolume.IsWanted(answers) ? inputs.Add(answers, "certificate.delivery") : inputs;
}
