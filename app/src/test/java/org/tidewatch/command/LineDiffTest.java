package org.tidewatch.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void whatBothHaveStaysAndTheRestIsTakenOutOrPutIn() {
        assertThat(LineDiff.of("a\nb\nc\nd", "a\nc\nx\nd")).containsExactly("  a", "- b", "  c", "+ x", "  d");
    }

    @Test
    void textsThatShareNothingAreOneAfterTheOther() {
        assertThat(LineDiff.of("a", "b")).containsExactly("- a", "+ b");
        assertThat(LineDiff.of("", "b")).containsExactly("+ b");
        assertThat(LineDiff.of("a", "")).containsExactly("- a");
    }

    @Test
    void equalTextsHaveNoSign() {
        assertThat(LineDiff.of("a\nb", "a\nb")).containsExactly("  a", "  b");
    }
}
