// Verify DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.
//
//   mcs Verify.cs && mono Verify.exe DOCUMENT ISSUER NOW
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

static class Ler {
    public const uint Require = 1, Passed = 1, NotApplicable = 4, NotVerified = 2;
    const string Library = "ler_verify";

    [DllImport(Library)] public static extern IntPtr ler_verifier_new(byte[] policy, UIntPtr length, out IntPtr error);
    [DllImport(Library)] public static extern void ler_verifier_free(IntPtr verifier);
    [DllImport(Library)] public static extern IntPtr ler_verify(IntPtr verifier, byte[] document, UIntPtr documentLength,
        byte[] occasion, UIntPtr occasionLength, IntPtr resources, out IntPtr error);
    [DllImport(Library)] [return: MarshalAs(UnmanagedType.U1)] public static extern bool ler_report_is_verified(IntPtr report);
    [DllImport(Library)] public static extern uint ler_report_verdict(IntPtr report);
    [DllImport(Library)] public static extern IntPtr ler_report_record_json(IntPtr report, out UIntPtr length);
    [DllImport(Library)] public static extern UIntPtr ler_report_check_count(IntPtr report);
    [DllImport(Library)] public static extern uint ler_report_check_outcome(IntPtr report, UIntPtr index);
    [DllImport(Library)] public static extern uint ler_report_check_requirement(IntPtr report, UIntPtr index);
    [DllImport(Library)] public static extern IntPtr ler_report_check_code(IntPtr report, UIntPtr index, out UIntPtr length);
    [DllImport(Library)] public static extern IntPtr ler_report_check_pointer(IntPtr report, UIntPtr index, out UIntPtr length);
    [DllImport(Library)] public static extern IntPtr ler_report_check_message(IntPtr report, UIntPtr index, out UIntPtr length);
    [DllImport(Library)] public static extern void ler_report_free(IntPtr report);
    [DllImport(Library)] public static extern IntPtr ler_verdict_name(uint verdict);
    [DllImport(Library)] public static extern IntPtr ler_outcome_name(uint outcome);
    [DllImport(Library)] public static extern IntPtr ler_error_message(IntPtr error, out UIntPtr length);
    [DllImport(Library)] public static extern void ler_error_free(IntPtr error);

    public static string Text(IntPtr text, UIntPtr length) { // A view into its handle: copied before that is freed.
        if (text == IntPtr.Zero) return null;
        var bytes = new byte[(int)length];
        Marshal.Copy(text, bytes, 0, bytes.Length);
        return Encoding.UTF8.GetString(bytes);
    }

    public static IntPtr Checked(IntPtr result, IntPtr error) {
        if (result != IntPtr.Zero) return result;
        string message = Text(ler_error_message(error, out UIntPtr length), length);
        ler_error_free(error);
        throw new ArgumentException(message);
    }
}

static class Verify {
    static int Main(string[] arguments) {
        byte[] document = File.ReadAllBytes(arguments[0]);
        // ISSUER and NOW are ours: nothing in them needs to be escaped.
        byte[] policy = Encoding.UTF8.GetBytes("{\"acceptedIssuers\":{\"oneOf\":[\"" + arguments[1] + "\"]}}");
        byte[] occasion = Encoding.UTF8.GetBytes("{\"now\":\"" + arguments[2] + "\"}");
        IntPtr verifier = Ler.Checked(Ler.ler_verifier_new(policy, (UIntPtr)policy.Length, out IntPtr error), error);
        IntPtr report = Ler.Checked(Ler.ler_verify(verifier, document, (UIntPtr)document.Length, occasion,
            (UIntPtr)occasion.Length, IntPtr.Zero, out error), error);

        bool verified = Ler.ler_report_is_verified(report);
        uint verdict = Ler.ler_report_verdict(report);
        var text = new StringBuilder();
        text.Append($"verified: {(verified ? "yes" : "no")} ({Marshal.PtrToStringAnsi(Ler.ler_verdict_name(verdict))})\n");
        for (ulong i = 0; i < (ulong)Ler.ler_report_check_count(report); i++) {
            var index = (UIntPtr)i;
            uint outcome = Ler.ler_report_check_outcome(report, index);
            if (Ler.ler_report_check_requirement(report, index) != Ler.Require || outcome == Ler.Passed
                || outcome == Ler.NotApplicable) continue;
            string code = Ler.Text(Ler.ler_report_check_code(report, index, out UIntPtr length), length);
            string pointer = Ler.Text(Ler.ler_report_check_pointer(report, index, out length), length);
            string message = Ler.Text(Ler.ler_report_check_message(report, index, out length), length);
            string place = pointer == null ? "" : " at " + pointer;
            text.Append($"{Marshal.PtrToStringAnsi(Ler.ler_outcome_name(outcome))} {code}{place}: {message}\n");
        }
        text.Append($"record: {Ler.Text(Ler.ler_report_record_json(report, out UIntPtr size), size)}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        using (Stream output = Console.OpenStandardOutput()) output.Write(bytes, 0, bytes.Length);
        Ler.ler_report_free(report);
        Ler.ler_verifier_free(verifier);
        return verified ? 0 : verdict == Ler.NotVerified ? 1 : 2;
    }
}
