// Runs in the frame of `outside.html`: gets what it is told to get, without cookies and without saying where from.
import type { Answer, Question } from "./outside.js";

/** No document is larger than this (the status lists of the verifier: 2 MiB). */
const MOST = 32 * 1024 * 1024;

addEventListener("message", ({ data, origin, source, ports: [port] }: MessageEvent<Question>) => {
  if (origin !== location.origin || source !== parent || port === undefined) return;
  void get(data).then(
    (answer) => port.postMessage(answer, answer === undefined ? [] : [answer.bytes]),
    () => port.postMessage(undefined),
  );
});

async function get({ url, accept, redirect }: Question): Promise<Answer> {
  // It would lead to where nobody agreed to.
  if (redirect === "follow") return undefined;
  const response = await fetch(url, {
    headers: { accept },
    redirect,
    mode: "cors",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
  });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    length += chunk.value.length;
    if (length > MOST) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(chunk.value as Uint8Array<ArrayBuffer>);
  }
  const bytes = await new Blob(chunks).arrayBuffer();
  return { status: response.status, type: response.type, url: response.url, contentType: response.headers.get("content-type"), bytes };
}
