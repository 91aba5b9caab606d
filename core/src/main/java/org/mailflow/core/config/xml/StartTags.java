package org.mailflow.core.config.xml;

/**
 * Finds the start tags of a well-formed text, one after the other. The parser tells where it has read to, which is now
 * before and now after the tag; a {@code <} that is neither in a comment nor in CDATA can only be the tag itself.
 */
final class StartTags {

    private final String text;
    private int position;

    StartTags(String text) {
        this.text = text;
    }

    /** The offset of the next start tag's {@code <}; the end of the text where there is none. */
    int next() {
        int tag = text.indexOf('<', position);
        while (tag >= 0) {
            int end = endOfOther(tag);
            if (end < 0) {
                position = tag + 1;
                return tag;
            }
            tag = text.indexOf('<', end);
        }
        position = text.length();
        return position;
    }

    /** Where the comment, CDATA section, instruction or end tag that starts here ends; -1 where it is a start tag. */
    private int endOfOther(int tag) {
        if (text.startsWith("<!--", tag)) {
            return after("-->", tag + "<!--".length());
        }
        if (text.startsWith("<![CDATA[", tag)) {
            return after("]]>", tag);
        }
        if (text.startsWith("<?", tag)) {
            return after("?>", tag);
        }
        return text.startsWith("</", tag) ? after(">", tag) : -1;
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
