// Verify DOCUMENT ISSUER NOW: is this record verified, and if not, why? Exit: 0 yes, 1 no, 2 it could not be found out.
//
//   java -cp jna.jar -Djna.library.path=PREFIX/lib -Djna.encoding=UTF-8 Verify.java DOCUMENT ISSUER NOW
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

public final class Verify {
    // size_t is long where pointers have 64 bits. JNA copies a returned text into a String.
    interface Ler extends Library {
        Ler INSTANCE = Native.load("ler_verify", Ler.class);
        int REQUIRE = 1, PASSED = 1, NOT_APPLICABLE = 4, NOT_VERIFIED = 2;

        Pointer ler_verifier_new(byte[] policy, long policyLength, PointerByReference error);
        void ler_verifier_free(Pointer verifier);
        Pointer ler_verify(Pointer verifier, byte[] document, long documentLength, byte[] occasion, long occasionLength,
                Pointer resources, PointerByReference error);
        byte ler_report_is_verified(Pointer report);
        int ler_report_verdict(Pointer report);
        String ler_report_record_json(Pointer report, Pointer length);
        long ler_report_check_count(Pointer report);
        int ler_report_check_outcome(Pointer report, long index);
        int ler_report_check_requirement(Pointer report, long index);
        String ler_report_check_code(Pointer report, long index, Pointer length);
        String ler_report_check_pointer(Pointer report, long index, Pointer length);
        String ler_report_check_message(Pointer report, long index, Pointer length);
        void ler_report_free(Pointer report);
        String ler_verdict_name(int verdict);
        String ler_outcome_name(int outcome);
        String ler_error_message(Pointer error, Pointer length);
        void ler_error_free(Pointer error);
    }

    static Pointer checked(Pointer result, PointerByReference error) {
        if (result != null) return result;
        String message = Ler.INSTANCE.ler_error_message(error.getValue(), null);
        Ler.INSTANCE.ler_error_free(error.getValue());
        throw new IllegalArgumentException(message);
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Ler ler = Ler.INSTANCE;
        byte[] document = Files.readAllBytes(Path.of(arguments[0]));
        // ISSUER and NOW are ours: nothing in them needs to be escaped.
        byte[] policy = ("{\"acceptedIssuers\":{\"oneOf\":[\"" + arguments[1] + "\"]}}").getBytes(StandardCharsets.UTF_8);
        byte[] occasion = ("{\"now\":\"" + arguments[2] + "\"}").getBytes(StandardCharsets.UTF_8);
        PointerByReference error = new PointerByReference();
        Pointer verifier = checked(ler.ler_verifier_new(policy, policy.length, error), error);
        Pointer report = checked(
                ler.ler_verify(verifier, document, document.length, occasion, occasion.length, null, error), error);

        boolean verified = ler.ler_report_is_verified(report) != 0;
        int verdict = ler.ler_report_verdict(report);
        out.println("verified: " + (verified ? "yes" : "no") + " (" + ler.ler_verdict_name(verdict) + ")");
        for (long i = 0; i < ler.ler_report_check_count(report); i++) {
            int outcome = ler.ler_report_check_outcome(report, i);
            if (ler.ler_report_check_requirement(report, i) != Ler.REQUIRE || outcome == Ler.PASSED
                    || outcome == Ler.NOT_APPLICABLE) continue;
            String pointer = ler.ler_report_check_pointer(report, i, null);
            out.println(ler.ler_outcome_name(outcome) + " " + ler.ler_report_check_code(report, i, null)
                    + (pointer == null ? "" : " at " + pointer) + ": " + ler.ler_report_check_message(report, i, null));
        }
        out.println("record: " + ler.ler_report_record_json(report, null)); // "null" if it is not verified
        ler.ler_report_free(report);
        ler.ler_verifier_free(verifier);
        System.exit(verified ? 0 : verdict == Ler.NOT_VERIFIED ? 1 : 2);
    }
}
