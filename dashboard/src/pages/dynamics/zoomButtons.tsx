import { type Camera, closest } from "./camera.js";
import type { CameraControls } from "./useCamera.js";

interface ZoomButtonsProps {
  readonly camera: Camera;
  readonly zoom: CameraControls["zoom"];
  readonly onReset: () => void;
}

const icons = {
  in: "M7 2V12M2 7H12",
  out: "M2 7H12",
  reset: "M2 5V2H5M9 2H12V5M12 9V12H9M5 12H2V9",
} as const;

/** Enlarges the map about its middle, and shows all of it again. */
export function ZoomButtons({ camera, zoom, onReset }: ZoomButtonsProps) {
  const isWhole = camera.zoom === 1;
  const buttons = [
    ["Zoom in", "in", camera.zoom >= closest, () => zoom(2)],
    ["Zoom out", "out", isWhole, () => zoom(0.5)],
    ["Show the whole map", "reset", isWhole, onReset],
  ] as const;
  return (
    <div class="zoom-buttons">
      {buttons.map(([label, icon, isOff, act]) => (
        <button
          key={label}
          type="button"
          class="button is-small"
          title={label}
          aria-label={label}
          // Not `disabled`: a button that loses the focus while it is pressed sends it to the top of the page.
          aria-disabled={isOff}
          onClick={() => {
            if (!isOff) act();
          }}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path class="icon-line" d={icons[icon]} />
          </svg>
        </button>
      ))}
      {/* It is there before it says something, or nobody would be told. */}
      <output class={isWhole ? "unseen" : "zoom-words"}>{isWhole ? "" : `${formatZoom(camera.zoom)}×`}</output>
    </div>
  );
}

function formatZoom(zoom: number): string {
  return zoom < 9.95 ? zoom.toFixed(1) : String(Math.round(zoom));
}
