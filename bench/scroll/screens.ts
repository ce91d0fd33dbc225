import type { Browser, Page } from "playwright-core";

/** Drags the bar of a box of rows up and down, and counts the pictures of the screen in which a part as high as a row shows nothing. */
export async function countBlank(
  browser: Browser,
  open: (page: Page) => Promise<void>,
  box: string,
): Promise<{ readonly blank: number; readonly pictures: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await open(page);
  await page.waitForTimeout(1000);
  const { x, y, width, height } = (await page.locator(box).boundingBox())!;
  const session = await context.newCDPSession(page);
  const pictures: string[] = [];
  session.on("Page.screencastFrame", ({ data, sessionId }) => {
    pictures.push(data);
    session.send("Page.screencastFrameAck", { sessionId }).catch(() => {});
  });
  await session.send("Page.startScreencast", { format: "png" });
  const bar = x + width - 8;
  await page.mouse.move(bar, y + 26);
  await page.mouse.down();
  for (let i = 0; i < 40; i++) {
    await page.mouse.move(bar, y + 26 + (i % 2 === 0 ? 30 + i * 6 : 400 - i * 5));
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  await page.waitForTimeout(500);
  await session.send("Page.stopScreencast");
  const isMoved = (await page.locator(box).evaluate((element) => element.scrollTop)) > 100_000;
  await context.close();
  if (!isMoved) throw new Error("The bar did not move: it is not where it should be");
  const blank = await readPictures(browser, pictures, { x: x + 20, y: y + 50, width: 400, height: height - 110 });
  return { blank, pictures: pictures.length };
}

interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The browser reads its own pictures. */
async function readPictures(browser: Browser, pictures: readonly string[], part: Part): Promise<number> {
  const page = await browser.newPage();
  const blank = await page.evaluate(
    async ({ list, x, y, width, height }) => {
      const isBlank = async (picture: string): Promise<boolean> => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
        const scale = image.width / 1440;
        const pen = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
        pen.drawImage(image, 0, 0);
        for (let top = y; top + 34 <= y + height; top += 34) {
          const sides = [x, top, width, 34].map((side) => Math.round(side * scale)) as [number, number, number, number];
          const { data } = pen.getImageData(...sides);
          let ink = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 500) ink++;
          if (ink < 10) return true;
        }
        return false;
      };
      let count = 0;
      for (const picture of list) if (await isBlank(picture)) count++;
      return count;
    },
    { list: pictures, ...part },
  );
  await page.close();
  return blank;
}
