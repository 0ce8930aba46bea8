package io.millrace.runtime.work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs actors in every order of their steps, with everything that may come of each choice of theirs, and lets each die before
 * any of its steps (stateless search, as in Godefroid, "Model checking for programming languages using VeriSoft", POPL
 * 1997). Actors run on threads of their own, one step at a time; they are alike, so that the one that moves first may be
 * called the first. Of orders that differ only in moves that commute one is tried (sleep sets, as in Godefroid's thesis, chapter
 * 5): two steps do that touch different things or change nothing, and a death with all that others do, because nobody sees it. A
 * schedule is the list of choices, and the next one to try is its last choice that was not the last of its kind, taken further.
 */
final class Interleavings {
    private Interleavings() {}

    /** What an actor does, from its beginning to its end. */
    @FunctionalInterface
    interface Actor {
        void run(Course course);
    }

    /** How an actor goes on. */
    interface Course {
        /** Called before everything that others can see; what is done then is no more than this access. */
        void step(Access access);

        /** What comes of something that is the actor's own, from 0; every possibility has its turn. */
        int choose(int among);
    }

    /**
     * What a step does.
     *
     * @param what it touches
     * @param changes whether it may change that
     */
    record Access(String what, boolean changes) {
        boolean commutesWith(Access other) {
            return !what.equals(other.what) || (!changes && !other.changes);
        }
    }

    /** A fresh world for each schedule. */
    interface Actors {
        List<Actor> actors();
    }

    /**
     * What was tried.
     *
     * @param schedules orders in all, each of which differs from the others in more than moves that commute
     * @param deaths orders in which an actor died
     * @param longest choices in the longest order
     */
    record Report(int schedules, int deaths, int longest) {}

    /** Tries all; the judge looks at each world when its actors have ended. */
    static <W extends Actors> Report explore(Supplier<W> worlds, Consumer<W> judge) {
        Schedule schedule = new Schedule();
        int schedules = 0;
        int deaths = 0;
        int longest = 0;
        do {
            W world = worlds.get();
            Optional<Boolean> died = run(world.actors(), schedule);
            if (died.isPresent()) {
                judge.accept(world);
                schedules++;
                deaths += died.get() ? 1 : 0;
                longest = Math.max(longest, schedule.length());
            }
        } while (schedule.advance());
        return new Report(schedules, deaths, longest);
    }

    /** Returns whether an actor died; empty where the order is one that was tried, but for moves that commute. */
    private static Optional<Boolean> run(List<Actor> actors, Schedule schedule) {
        schedule.begin();
        List<Stepper> running = new ArrayList<>();
        actors.forEach(actor -> running.add(new Stepper(actor, schedule)));
        boolean died = false;
        running.removeIf(stepper -> !stepper.toNextStep());
        boolean first = true;
        // All that begins with one of these was tried, and nothing has happened since that would make a difference to
        // it.
        Set<Move> asleep = new HashSet<>();
        while (!running.isEmpty()) {
            List<Move> moves = moves(first ? running.subList(0, 1) : running);
            moves.removeAll(asleep);
            if (moves.isEmpty()) {
                running.forEach(Stepper::die);
                return Optional.empty();
            }
            first = false;
            int choice = schedule.choose(moves.size());
            Move move = moves.get(choice);
            asleep.addAll(moves.subList(0, choice));
            asleep.removeIf(other -> !other.commutesWith(move));
            died |= !move.lives();
            if (!move.make()) {
                running.remove(move.stepper());
            }
        }
        return Optional.of(died);
    }

    private static List<Move> moves(List<Stepper> steppers) {
        List<Move> moves = new ArrayList<>();
        steppers.forEach(stepper -> moves.add(new Move(stepper, true)));
        steppers.forEach(stepper -> moves.add(new Move(stepper, false)));
        return moves;
    }

    /** The next step of an actor, or its death. */
    private record Move(Stepper stepper, boolean lives) {
        boolean commutesWith(Move other) {
            return stepper != other.stepper
                    && (!lives || !other.lives || stepper.next.commutesWith(other.stepper.next));
        }

        /** False when the actor has ended. */
        boolean make() {
            return lives ? stepper.toNextStep() : stepper.die();
        }
    }

    /** Choices taken so far, and how many there were at each. */
    private static final class Schedule {
        private final List<int[]> choices = new ArrayList<>();
        private int next;

        void begin() {
            next = 0;
        }

        int choose(int among) {
            if (next == choices.size()) {
                choices.add(new int[] {0, among});
            }
            return choices.get(next++)[0];
        }

        /** Moves on to the next schedule in depth-first order; false when that was the last. */
        boolean advance() {
            while (!choices.isEmpty()) {
                int[] last = choices.get(choices.size() - 1);
                if (++last[0] < last[1]) {
                    return true;
                }
                choices.remove(choices.size() - 1);
            }
            return false;
        }

        int length() {
            return choices.size();
        }
    }

    /** The death of an actor: an Error, because nothing that an actor does may survive it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("killed", null, false, false);
        }
    }

    /** An actor on a thread of its own that waits before each step. */
    private static final class Stepper implements Course {
        private final Semaphore go = new Semaphore(0);
        private final Semaphore waits = new Semaphore(0);
        private final Schedule schedule;
        private final Thread thread;
        private Access next;
        private boolean killed;
        private boolean ended;

        Stepper(Actor actor, Schedule schedule) {
            this.schedule = schedule;
            thread = new Thread(() -> live(actor), "actor");
            thread.setDaemon(true);
        }

        private void live(Actor actor) {
            try {
                actor.run(this);
            } catch (Death death) {
                // What it held is lost with it.
            } finally {
                ended = true;
                waits.release();
            }
        }

        @Override
        public void step(Access access) {
            next = access;
            waits.release();
            go.acquireUninterruptibly();
            if (killed) {
                throw new Death();
            }
        }

        /** Nobody else moves meanwhile, so that the schedule is this thread's. */
        @Override
        public int choose(int among) {
            return schedule.choose(among);
        }

        /** Lets it take its next step and returns when it stands before the one after; false when it has ended. */
        boolean toNextStep() {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            } else {
                go.release();
            }
            waits.acquireUninterruptibly();
            return !ended;
        }

        /** False: it has ended. */
        boolean die() {
            killed = true;
            go.release();
            waits.acquireUninterruptibly();
            return false;
        }
    }
}
