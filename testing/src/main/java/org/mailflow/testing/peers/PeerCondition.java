package org.mailflow.testing.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides what {@link RequiresPeer} means here. */
final class PeerCondition implements ExecutionCondition {
    /** The system property; {@code required} makes a missing peer a failure. */
    static final String PROPERTY = "peers";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresPeer.class)
                .map(required -> decide(required.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("no peer is needed"));
    }

    private static ConditionEvaluationResult decide(String[] peers) {
        List<String> missing = Arrays.stream(peers)
                .map(peer -> Peers.obstacle(peer).map(reason -> "peer " + peer + ": " + reason))
                .flatMap(Optional::stream)
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("every peer is here");
        }
        String text = String.join("; ", missing);
        if ("required".equals(System.getProperty(PROPERTY))) {
            throw new IllegalStateException(text + " (peers=required; .ci/install-peers installs them)");
        }
        return ConditionEvaluationResult.disabled(text);
    }
}
