interface TargetFormProps {
  readonly target: number;
  /** Undefined for the one that is there without being asked for. */
  readonly onTarget: (target: number | undefined) => void;
}

/** The label that all should reach. */
export function TargetForm({ target, onTarget }: TargetFormProps) {
  return (
    <form
      class="jump"
      onSubmit={(event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget).get("target"));
        onTarget(text === "" ? undefined : Number(text));
      }}
    >
      <label class="choice">
        <span>Target</span>
        <input
          class="field is-short"
          name="target"
          type="number"
          step="any"
          defaultValue={String(Math.floor(target * 10_000) / 10_000)}
          key={target}
        />
      </label>
      <button type="submit" class="button">
        Set
      </button>
    </form>
  );
}
