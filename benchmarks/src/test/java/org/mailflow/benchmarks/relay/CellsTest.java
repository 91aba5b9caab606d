package org.mailflow.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellsTest {

    @Test
    void everyCellHasANameOfItsOwn() {
        assertThat(Cells.all()).extracting(Cell::name).doesNotHaveDuplicates();
    }

    @Test
    void cellsAreChosenByNameAndByTheBeginOfNames() {
        assertThat(Cells.of(List.of("steady-*", "plain-4k-10")))
                .extracting(Cell::name)
                .containsExactly("plain-4k-10", "steady-plain", "steady-tls");
    }

    @Test
    void aNameThatNoCellHasIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> Cells.of(List.of("plain-4k-10", "plane")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no cell plane")
                .hasMessageContaining("slowtls-4k-50");
    }
}
