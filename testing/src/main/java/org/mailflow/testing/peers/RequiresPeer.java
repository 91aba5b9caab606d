package org.mailflow.testing.peers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that needs programs of the operating system. Where one is missing the test is skipped with a message that
 * names it; with the system property {@code peers=required} the test fails instead.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PeerCondition.class)
public @interface RequiresPeer {
    /** Names as {@link Peers#obstacle} takes them: postfix, slapd, mailparser, swaks, python3, openssl. */
    String[] value();
}
