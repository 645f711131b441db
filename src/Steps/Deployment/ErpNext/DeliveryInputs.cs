using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The delivery of the certificate as an input of the steps that depend on it.</summary>
internal static class DeliveryInputs
{
    /// <summary>Adds it, where it is not the usual one: what was done before there was a choice stays done.</summary>
    public static StepInputs AddDelivery(this StepInputs inputs, AnswerFile answers) =>
        CertificateVolume.IsWanted(answers) ? inputs.Add("certificate.delivery", answers.Certificate.Delivery) : inputs;
}
