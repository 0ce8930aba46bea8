package io.millrace.allinone;

import io.millrace.runtime.signing.VerifiedModel;
import picocli.CommandLine.Option;

/** Whose models a command takes. */
final class TrustOption {
    @Option(
            names = "--any-signer",
            description = "Take the model though no trusted key signed it. That it is as its event says is checked"
                    + " all the same.")
    boolean anySigner;

    /** The model of a folder, if it may be loaded; throws an IllegalArgumentException that says why not. */
    VerifiedModel check(ResultFolder folder) {
        VerifiedModel model = VerifiedModel.of(folder.model(), folder.event(), new UserKeys(System.getenv()).trusted());
        if (!anySigner) {
            model.requireTrusted("give --any-signer");
        }
        return model;
    }
}
