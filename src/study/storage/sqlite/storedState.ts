import { z } from "zod";
import type { StrategyState } from "../../../strategy/contract.js";
import { applyStateDelta, type Delta, stateDelta } from "../../stateDelta.js";
import type { Connection } from "./connection.js";
import { parse } from "./rows.js";

/** How much more deltas may hold than the whole state that they follow, before the state is written whole again. */
const SLACK_CHARACTERS = 20_000;

/**
 * The states of one strategy in the file: whole now and then, and what changed since. A state grows with the search, so that writing it
 * whole each time would cost the square of the trials.
 */
export interface StoredStates {
  /** As it stands after the last decision; undefined before the first. */
  readonly state: StrategyState | undefined;
  /** Writes the next one, inside a transaction. Gives what is to be called once the transaction is through. */
  write(decision: number, state: StrategyState): () => void;
}

export function openStoredStates(connection: Connection, study: number): StoredStates {
  const rows = connection.rows(
    `SELECT is_whole, body FROM state WHERE study = ?1 AND decision >=
       (SELECT max(decision) FROM state WHERE study = ?1 AND is_whole = 1) ORDER BY decision`,
    study,
  );
  let current: StrategyState | undefined;
  let wholeCharacters = 0;
  let deltaCharacters = 0;
  for (const [isWhole, body] of rows) {
    const value = parse(z.unknown(), body, connection.path);
    if (isWhole === 1) {
      current = value as StrategyState;
      wholeCharacters = (body as string).length;
    } else {
      current = applyStateDelta(current!, value as Delta);
      deltaCharacters += (body as string).length;
    }
  }

  return {
    get state() {
      return current;
    },
    write(decision, state) {
      const delta = current === undefined ? undefined : JSON.stringify(stateDelta(current, state));
      const isWhole = delta === undefined || deltaCharacters + delta.length > wholeCharacters + SLACK_CHARACTERS;
      const body = isWhole ? JSON.stringify(state) : delta;
      // Only the last one is ever read.
      if (isWhole) connection.run("DELETE FROM state WHERE study = ?", study);
      connection.run("INSERT INTO state VALUES (?, ?, ?, ?)", study, decision, isWhole ? 1 : 0, body);
      return () => {
        current = state;
        wholeCharacters = isWhole ? body.length : wholeCharacters;
        deltaCharacters = isWhole ? 0 : deltaCharacters + body.length;
      };
    },
  };
}
