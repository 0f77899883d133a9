package dev.keyledger.log.witness;

/**
 * Why a witness does not cosign, as C2SP tlog-witness has it answered.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body a reason for people; of a conflict, the size that was cosigned last
 */
public record WitnessRefusal(int status, String type, String body) {
    /** The type of a body that is a tree size. */
    public static final String SIZE = "text/x.tlog.size";

    private static final String TEXT = "text/plain; charset=utf-8";

    /** The request is not one. */
    public static WitnessRefusal badRequest(String reason) {
        return new WitnessRefusal(400, TEXT, reason + "\n");
    }

    /** No key of the log has signed. */
    public static WitnessRefusal forbidden(String reason) {
        return new WitnessRefusal(403, TEXT, reason + "\n");
    }

    /** The witness does not look at this log. */
    public static WitnessRefusal unknown(String reason) {
        return new WitnessRefusal(404, TEXT, reason + "\n");
    }

    /** The witness has cosigned another size last. */
    public static WitnessRefusal conflict(long latest) {
        return new WitnessRefusal(409, SIZE, latest + "\n");
    }

    /** The tree does not continue the one that was cosigned last. */
    public static WitnessRefusal unprocessable(String reason) {
        return new WitnessRefusal(422, TEXT, reason + "\n");
    }
}
