import type { Page } from "playwright-core";

const rowHeight = 33;
const count = 100_000;
const style = `
  body { margin: 0; font: 13.5px sans-serif; }
  .trial-box { position: relative; width: 1390px; height: 600px; margin: 286px 0 0 24px; overflow: auto; contain: strict; }
  .all { width: 2200px; height: ${rowHeight * count}px; }
  .row { position: absolute; left: 0; width: 2200px; height: ${rowHeight}px; border-bottom: 1px solid #ddd; contain: strict; }
  .cell { position: absolute; top: 0; width: 130px; line-height: 32px; overflow: hidden; white-space: nowrap; }`;

/** A page that scrolls as far, with lines and no rows: what the browser itself takes. */
export async function emptyPage(page: Page): Promise<void> {
  const lines = `.all { background: repeating-linear-gradient(#fff 0 32px, #ddd 32px ${rowHeight}px); }`;
  await page.setContent(`<style>${style}${lines}</style><div class="trial-box"><div class="all"></div></div>`);
}

/** A list of as many rows and cells, by hand: rows that leave the box come in on the other side. */
export async function bareList(page: Page): Promise<void> {
  await page.setContent(`<style>${style}</style><div class="trial-box"><div class="all"></div></div>`);
  await page.evaluate(
    ([height, most]) => {
      const box = document.querySelector(".trial-box")!;
      const rows = Array.from({ length: 35 }, () => {
        const row = box.appendChild(document.createElement("div"));
        row.className = "row";
        const texts = Array.from({ length: 13 }, (_, column) => {
          const cell = row.appendChild(document.createElement("span"));
          cell.className = "cell";
          cell.style.left = `${column * 150 + 12}px`;
          return cell.appendChild(document.createTextNode(""));
        });
        return { row, texts, shown: -1 };
      });
      const draw = (): void => {
        const first = Math.max(0, Math.min(most - rows.length, Math.floor(box.scrollTop / height) - 6));
        for (let i = first; i < first + rows.length; i++) {
          const slot = rows[i % rows.length];
          if (slot.shown === i) continue;
          slot.shown = i;
          slot.row.style.top = `${i * height}px`;
          for (const [column, text] of slot.texts.entries()) text.data = `${i} of column ${column}`;
        }
      };
      box.addEventListener("scroll", draw, { passive: true });
      draw();
    },
    [rowHeight, count],
  );
}
