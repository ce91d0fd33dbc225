import { check } from "../../conformance.js";
import { checkSame, firstStudy, owner, type PlaceMaker, refusalOf, suggestion } from "./conformanceStudies.js";
import { LEASE_SECONDS, type StudyWriter } from "./contract.js";

/** Everything that changes a study, for a writer that may not. */
const steps: Readonly<Record<string, (writer: StudyWriter) => void>> = {
  decide: (writer) => writer.decide({ trials: [suggestion(1)], observed: [], state: { by: "old" } }),
  begin: (writer) => writer.begin(0),
  retry: (writer) => writer.retry(0, { result: { label: Number.NaN }, seconds: 1 }),
  end: (writer) => writer.end(0, { result: { label: 1 }, seconds: 1 }),
  release: (writer) => writer.release(0),
  update: (writer) => writer.update({ budget: 1, ended: "budget" }),
  renew: (writer) => writer.renew(),
};

/** One writer at a time. */
export function leaseChecks(place: PlaceMaker): [string, () => void][] {
  return [
    [
      "has one writer for a study, named to whoever looks, and another for another",
      () => {
        const opened = place();
        const storage = opened();
        const writer = storage.create(firstStudy("first"), owner("a"));
        check(storage.find("first")?.writer === "writer a", "does not say who writes");
        const other = opened();
        check(refusalOf(() => other.open("first", owner("b"))) === "study-busy", "let two write");
        other.create(firstStudy("second"), owner("b")).decide({ trials: [suggestion(0)], observed: [], state: {} });
        check(storage.trials("second").length === 1, "does not see the other study");
        writer.close();
        check(storage.find("first")?.writer === undefined, "still says who wrote");
        other.open("first", owner("b")).close();
        storage.close();
        other.close();
      },
    ],
    [
      "gives a lease away when it has ended, not before, and each step renews it",
      () => {
        const opened = place();
        let at = 1000;
        const storage = opened(() => at);
        const writer = storage.create(firstStudy("first"), owner("a"));
        at += LEASE_SECONDS - 1;
        check(refusalOf(() => storage.open("first", owner("b"))) === "study-busy", "the lease ended too early");
        writer.renew();
        at += LEASE_SECONDS - 1;
        check(refusalOf(() => storage.open("first", owner("b"))) === "study-busy", "renewing did nothing");
        writer.update({ budget: 3 });
        at += LEASE_SECONDS - 1;
        check(refusalOf(() => storage.open("first", owner("b"))) === "study-busy", "a step did not renew");
        at += 2;
        check(storage.find("first")?.writer === undefined, "names a writer whose lease has ended");
        // Nobody took it, so the first may go on: a laptop that slept.
        writer.update({ budget: 4 });
        at += LEASE_SECONDS + 1;
        storage.open("first", owner("b")).close();
        storage.close();
      },
    ],
    [
      "gives the lease of somebody who is certainly gone away at once",
      () => {
        const storage = place()();
        storage.create(firstStudy("first"), owner("a"));
        check(refusalOf(() => storage.open("first", owner("b", ["c"]))) === "study-busy", "took it from another");
        storage.open("first", owner("b", ["a"]));
        check(storage.find("first")?.writer === "writer b", "names another writer");
        storage.close();
      },
    ],
    [
      "refuses every step of a writer whose lease was taken, and writes nothing of it",
      () => {
        for (const [name, step] of Object.entries(steps)) {
          const opened = place();
          let at = 1000;
          const storage = opened(() => at);
          const old = storage.create(firstStudy("first"), owner("a"));
          old.decide({ trials: [suggestion(0)], observed: [], state: { by: "old" } });
          if (name === "release") old.begin(0);
          at += LEASE_SECONDS + 1;
          const other = opened(() => at);
          const next = other.open("first", owner("b"));
          if (name === "release") next.begin(0);
          const before = [other.trials("first"), other.find("first")];
          check(refusalOf(() => step(old)) === "study-taken", `${name} did not refuse`);
          checkSame([other.trials("first"), other.find("first")], before, name);
          // Leaving the study takes nothing from the one who has it now.
          old.close();
          check(other.find("first")?.writer === "writer b", "the old writer gave away what was not his");
          next.renew();
          storage.close();
          other.close();
        }
      },
    ],
    [
      "refuses a writer who has left",
      () => {
        const storage = place()();
        const writer = storage.create(firstStudy("first"), owner("a"));
        writer.close();
        writer.close();
        check(refusalOf(() => writer.renew()) === "study-taken", "went on");
        storage.close();
      },
    ],
    [
      "takes trials for lost whose writer left, was taken over, or came back",
      () => {
        let at = 1000;
        const storage = place()(() => at);
        const first = storage.create(firstStudy("first"), owner("a"));
        first.decide({ trials: [0, 1, 2].map(suggestion), observed: [], state: {} });
        first.begin(0);
        first.begin(1);
        first.release(1);
        first.close();
        const states = () =>
          storage
            .trials("first")
            .map(({ state }) => state)
            .join(" ");
        check(states() === "lost queued queued", `after leaving: ${states()}`);
        const second = storage.open("first", owner("b"));
        second.begin(0);
        second.begin(2);
        at += LEASE_SECONDS + 1;
        const third = storage.open("first", owner("c"));
        check(states() === "lost queued lost", `after taking over: ${states()}`);
        checkSame(
          storage.trials("first").map(({ lostAttempts }) => lostAttempts),
          [2, 0, 1],
        );
        third.begin(0);
        third.end(0, { result: { label: 1 }, seconds: 1 });
        third.end(2, { result: { label: 2 }, seconds: 1 });
        check(states() === "done queued done", `at the end: ${states()}`);
        storage.close();
      },
    ],
  ];
}

/** Studies that go away. */
export function deletionChecks(place: PlaceMaker): [string, () => void][] {
  return [
    [
      "deletes a study with all that belongs to it, and nothing else",
      () => {
        const opened = place();
        const storage = opened();
        for (const name of ["first", "second"]) {
          const writer = storage.create(firstStudy(name), owner(name));
          writer.decide({ trials: [suggestion(0)], observed: [], state: { name } });
          writer.end(0, { result: { label: 1, curves: { loss: [1, 2] } }, seconds: 1 });
          writer.close();
        }
        storage.delete("first", owner("c"));
        check(storage.find("first") === undefined, "it is still there");
        check(storage.trials("second").length === 1, "took another with it");
        const again = storage.create({ ...firstStudy("first"), id: "another" }, owner("d"));
        check(again.state === undefined && again.decisions === 0, "the new one has the state of the old one");
        check(storage.trials("first").length === 0, "the new one has trials of the old one");
        storage.close();
      },
    ],
    [
      "deletes nothing that is being written, and fences off a writer whose study is gone",
      () => {
        for (const name of Object.keys(steps)) {
          const storage = place()();
          const old = storage.create(firstStudy("first"), owner("a"));
          check(refusalOf(() => storage.delete("first", owner("b"))) === "study-busy", "deleted it");
          storage.delete("first", owner("b", ["a"]));
          check(refusalOf(() => steps[name](old)) === "study-taken", `${name} went on without a study`);
          storage.create({ ...firstStudy("first"), id: "another" }, owner("c"));
          check(refusalOf(() => steps[name](old)) === "study-taken", `${name} wrote to the study that came after`);
          check(storage.trials("first").length === 0, `${name} left something`);
          check(storage.find("first")?.writer === "writer c", "changed the writer");
          storage.close();
        }
      },
    ],
  ];
}
