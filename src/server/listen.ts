import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AssayError } from "../errors.js";

/** Where the dashboard is found unless something else is there. */
export const DEFAULT_PORT = 7077;
const TRIED_PORTS = 21;

/**
 * Listens on a port, and gives it. Throws AssayError where that cannot be.
 *
 * @param port 0: any that is free; undefined: the first free one of 21 from `DEFAULT_PORT` on
 */
export async function listen(server: Server, host: string, port: number | undefined): Promise<number> {
  if (port !== undefined) return await listenOn(server, host, port);
  for (let tried = DEFAULT_PORT; tried < DEFAULT_PORT + TRIED_PORTS; tried++) {
    try {
      return await listenOn(server, host, tried);
    } catch (error) {
      if (!(error instanceof AssayError) || error.code !== "port-taken") throw error;
    }
  }
  throw new AssayError(
    "port-taken",
    `The ports ${DEFAULT_PORT} to ${DEFAULT_PORT + TRIED_PORTS - 1} are all taken.`,
    "Stop one of the dashboards that run, or give a port: --port 8000.",
  );
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(listenFailure(error, host, port));
    server.once("error", fail);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): AssayError {
  switch (error.code) {
    case "EADDRINUSE":
      return new AssayError(
        "port-taken",
        `Port ${port} is taken by another program.`,
        "Give another one, or leave --port out: the next free one is used.",
        { cause: error },
      );
    case "EACCES":
      return new AssayError("port-refused", `This user may not listen on port ${port}.`, "Use one from 1024 on.", {
        cause: error,
      });
    default:
      return new AssayError(
        "bad-host",
        `Cannot listen on ${host}: ${error.message}.`,
        "--host takes a name or an address of this machine, such as 0.0.0.0 for all of them.",
        { cause: error },
      );
  }
}
