package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.util.LoggingLevel;
import org.junit.jupiter.api.Test;

class QuietConfigurationTest {
    @Test
    void silencesTheBeansOfEveryListener() throws Exception {
        HierarchicalConfiguration<ImmutableNode> read = quiet(
                        """
                        <smtpservers>
                          <smtpserver><handlerchain coreHandlersPackage="x"/></smtpserver>
                          <smtpserver><handlerchain coreHandlersPackage="x"/></smtpserver>
                        </smtpservers>
                        """)
                .getConfiguration("smtpserver");

        assertThat(read.configurationsAt("smtpserver")).hasSize(2).allSatisfy(server -> assertThat(
                        server.configurationAt("handlerchain").getBoolean("[@enableJmx]", true))
                .isFalse());
    }

    @Test
    void silencesTheBeansOfEveryProcessor() throws Exception {
        HierarchicalConfiguration<ImmutableNode> processors = quiet(
                        """
                        <mailetcontainer>
                          <processors>
                            <processor state="root" enableJmx="true"/>
                            <processor state="error"/>
                          </processors>
                        </mailetcontainer>
                        """)
                .getConfiguration("mailetcontainer")
                .configurationAt("processors");

        assertThat(processors.getBoolean("[@enableJmx]", true)).isFalse();
        assertThat(processors.configurationsAt("processor")).hasSize(2).allSatisfy(processor -> assertThat(
                        processor.getBoolean("[@enableJmx]", true))
                .isFalse());
    }

    @Test
    void givesEachImapServerOfTheProcessANameOfItsOwn() throws Exception {
        String xml = "<imapservers><imapserver/><imapserver/></imapservers>";

        List<Object> names = names(quiet(xml));
        List<Object> ofAnother = names(quiet(xml));

        assertThat(names).hasSize(2).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ofAnother);
    }

    private static List<Object> names(QuietConfiguration configuration) throws ConfigurationException {
        return configuration.getConfiguration("imapserver").getList("imapserver.jmxName");
    }

    private static QuietConfiguration quiet(String xml) {
        return new QuietConfiguration(new ConfigurationProvider() {
            @Override
            public HierarchicalConfiguration<ImmutableNode> getConfiguration(String component, LoggingLevel level)
                    throws ConfigurationException {
                return FileConfigurationProvider.getConfig(
                        new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            }
        });
    }
}
