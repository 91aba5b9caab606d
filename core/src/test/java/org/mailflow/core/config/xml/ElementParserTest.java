package org.mailflow.core.config.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problems;

class ElementParserTest {

    @Test
    void knowsTheLineAndColumnOfEveryElement() {
        Element root = parse(
                """
                <?xml version="1.0"?><?note <a>?>
                <!-- <a> --> <a x='>'
                   y="1"><b/><![CDATA[<c>]]><c
                   >&lt;d&gt;</c>
                  <!--
                  <b/> --><d>é<e/></d>
                </a>
                """);

        assertThat(root.location()).isEqualTo(new Location("test.xml", 2, 14));
        assertThat(root.children())
                .extracting(Element::location)
                .extracting(Location::line)
                .containsExactly(3, 3, 6);
        assertThat(root.children())
                .extracting(Element::location)
                .extracting(Location::column)
                .containsExactly(10, 29, 11);
        assertThat(root.children().get(2).children().get(0).location()).isEqualTo(new Location("test.xml", 6, 15));
    }

    @Test
    void findsAWordOfAnElement() {
        Element root = parse("<a>\n <b>one\n two</b> <b>three</b></a>");

        assertThat(root.children().get(0).locationOf("two")).isEqualTo(new Location("test.xml", 3, 2));
        assertThat(root.children().get(0).locationOf("three")).isEqualTo(new Location("test.xml", 2, 2));
    }

    @Test
    void keepsThePlacesOfALongFile() {
        StringBuilder text = new StringBuilder("<a>");
        for (int i = 0; i < 20_000; i++) {
            text.append(i % 7 == 0 ? "<!-- <x/> -->" : "")
                    .append(i % 3 == 0 ? "\r\n" : " ")
                    .append("<b n='")
                    .append(i)
                    .append("'>&amp;</b>");
        }

        Element root = parse(text.append("</a>").toString());

        String source = root.source().text();
        assertThat(root.children())
                .hasSize(20_000)
                .allMatch(
                        child -> source.startsWith("<b n='" + child.attributes().get("n") + "'", child.offset()));
        List<Element> children = root.children();
        assertThat(children.get(19_998).location().line()).isEqualTo(6668);
    }

    private static Element parse(String text) {
        Problems problems = new Problems();
        Element root =
                ElementParser.parse(new SourceText("test.xml", text), problems).orElseThrow();
        assertThat(problems.inOrder()).isEmpty();
        return root;
    }
}
