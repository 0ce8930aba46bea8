package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.work.Interleavings.Access;
import io.millrace.runtime.work.Interleavings.Actor;
import io.millrace.runtime.work.Interleavings.Course;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavingsTest {
    private static final int OWN_STEPS = 3;

    /** Two actors that add one to a sum without a lock, after steps that are nobody else's business. */
    private static final class Sum implements Interleavings.Actors {
        private int sum;

        @Override
        public List<Actor> actors() {
            return List.of(course -> add("first", course), course -> add("second", course));
        }

        private void add(String name, Course course) {
            for (int i = 0; i < OWN_STEPS; i++) {
                course.step(new Access(name, true));
            }
            course.step(new Access("sum", false));
            int read = sum;
            course.step(new Access("sum", true));
            sum = read + 1;
        }
    }

    @Test
    void everyEndIsFoundAlthoughOrdersThatDifferInNothingAreTriedOnce() {
        List<Integer> sums = new ArrayList<>();
        Interleavings.Report report = Interleavings.explore(Sum::new, world -> sums.add(world.sum));
        assertThat(sums).as("both died, one died or was overtaken, neither").contains(0, 1, 2);
        assertThat(report.schedules()).isEqualTo(sums.size());
        // Of 252 orders in which both live those of the two reads and the two writes differ, and two reads commute.
        assertThat(report.schedules() - report.deaths()).isEqualTo(4);
    }
}
