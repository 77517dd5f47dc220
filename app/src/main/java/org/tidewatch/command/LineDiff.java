package org.tidewatch.command;

import java.util.ArrayList;
import java.util.List;

/** Two texts line by line: what is in both, what was taken out, what was put in. */
final class LineDiff {

    private LineDiff() {}

    /** Lines that begin with a space, {@code -} or {@code +}, by the longest sequence of lines that both texts share. */
    static List<String> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> fresh = after.lines().toList();
        int[][] shared = new int[old.size() + 1][fresh.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = fresh.size() - 1; j >= 0; j--) {
                shared[i][j] = old.get(i).equals(fresh.get(j))
                        ? shared[i + 1][j + 1] + 1
                        : Math.max(shared[i + 1][j], shared[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < fresh.size()) {
            if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
                lines.add("  " + old.get(i++));
                j++;
            } else if (i < old.size() && (j == fresh.size() || shared[i + 1][j] >= shared[i][j + 1])) {
                lines.add("- " + old.get(i++));
            } else {
                lines.add("+ " + fresh.get(j++));
            }
        }
        return lines;
    }
}
