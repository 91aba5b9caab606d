package org.mailflow.core.container.reading;

import java.util.Locale;
import java.util.Optional;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.container.settings.MailetElements;
import org.mailflow.core.container.settings.MailetSpec;

/**
 * A mailet of a processor.
 *
 * @param section its element, with what is known of its parameters
 * @param element the same as it is written
 * @param className its class as it is written
 * @param spec what is known of it; empty for a mailet that is neither ours nor one of James' that we know
 * @param match which mails it gets
 */
public record MailetDraft(
        Section section, Element element, String className, Optional<MailetSpec> spec, MatchDraft match) {

    /** Its class without the package. */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Whether it is this one. */
    public boolean is(MailetSpec known) {
        return spec.filter(known::equals).isPresent();
    }

    /** The value of a parameter; its default where it is not written; empty where there is none or it is broken. */
    public <T> Optional<T> value(Parameter<T> parameter) {
        return section.one(parameter);
    }

    /** What James does on a fault of the mailet: in lower case, as James takes it. */
    public String onMailetException() {
        return value(MailetElements.ON_MAILET_EXCEPTION)
                .map(text -> text.toLowerCase(Locale.US))
                .orElse("");
    }
}
