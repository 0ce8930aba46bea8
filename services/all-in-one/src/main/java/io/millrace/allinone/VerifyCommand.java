package io.millrace.allinone;

import io.millrace.runtime.signing.VerifiedModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells whether a model is as it was published, and by whom. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that a model is as its event says and that a trusted key signed it: yours, or one of the file that"
                    + " MILLRACE_TRUSTED_KEYS names (public keys, PEM).",
            "Exit code 0: it may be used; 2: it may not, and why."
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Folder that 'millrace run --out' wrote.")
    Path folder;

    @Mixin
    TrustOption trust;

    @Override
    public Integer call() {
        VerifiedModel model = trust.check(new ResultFolder(folder));
        System.out.println(model.archive() + " is the model " + model.event().name() + " of run "
                + model.event().run() + ", sha256 " + model.event().model().sha256() + ", " + model.signer() + ".");
        return 0;
    }
}
