import { useEffect, useState } from "preact/hooks";

/** The time in seconds since 1970, anew every ten seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() / 1000), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
