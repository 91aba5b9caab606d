package org.mailflow.core.decision;

/** Which way a mail goes (header X-MS-Exchange-Organization-MessageDirectionality). */
public enum Directionality {
    /** Mail of an organization here; it may leave to the internet. */
    ORIGINATING,
    /** Mail from anybody to accepted domains. */
    INCOMING
}
