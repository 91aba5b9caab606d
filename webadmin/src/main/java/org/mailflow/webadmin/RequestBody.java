package org.mailflow.webadmin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.mailflow.core.json.InvalidJsonException;
import org.mailflow.core.json.JsonTexts;
import spark.Request;

/** Reads what a client sent, and no more of it than a question needs. */
final class RequestBody {

    private static final int LARGEST = 256 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;

    private RequestBody() {}

    static <T> T read(Request request, JsonTexts json, Class<T> type) throws RefusedRequestException {
        try {
            byte[] body = request.raw().getInputStream().readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                throw new RefusedRequestException(
                        new ProblemDetail(CONTENT_TOO_LARGE, "A question has at most " + LARGEST + " bytes"));
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return json.read(text, type);
        } catch (CharacterCodingException e) {
            throw new RefusedRequestException(new ProblemDetail(BAD_REQUEST, "The body is not in UTF-8"));
        } catch (InvalidJsonException e) {
            throw new RefusedRequestException(
                    new ProblemDetail(BAD_REQUEST, "The body is no question: " + e.getMessage()));
        } catch (IOException e) {
            throw new RefusedRequestException(new ProblemDetail(BAD_REQUEST, "The body ended too early"));
        }
    }
}
