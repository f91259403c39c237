// What runs in the worker: a module script. `ler-verify/worker` talks to it.
import { LerError } from "./errors.js";
import { Resources, Verifier, init, initSync } from "./index.js";
import type { Entry } from "./resources.js";
import type { Occasion, Policy, Views } from "./types.js";

/** What the page asks for. */
export type Call =
  | { readonly call: "start"; readonly policy: Policy; readonly module?: WebAssembly.Module }
  | { readonly call: "forget"; readonly set: number }
  | {
      readonly call: "verify";
      readonly document: Uint8Array | ArrayBuffer | string;
      readonly occasion: Occasion;
      /** The view that is wanted instead of the result. */
      readonly view?: keyof Views;
      /** Which resources, and those of them that are new. */
      readonly set?: number;
      readonly entries?: readonly Entry[];
    };

/** What it is told. */
export type Reply =
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly error: { readonly code: string; readonly message: string } };

let verifier: Verifier | undefined;
const sets = new Map<number, Resources>();

async function answer(call: Call): Promise<unknown> {
  switch (call.call) {
    case "start":
      if (call.module === undefined) await init();
      else initSync(call.module);
      verifier = new Verifier(call.policy);
      return undefined;
    case "forget":
      sets.get(call.set)?.clear();
      sets.delete(call.set);
      return undefined;
    case "verify": {
      if (verifier === undefined) throw new LerError("worker", "The worker was not started.");
      const resources = call.set === undefined ? undefined : supplied(call.set, call.entries ?? []);
      const { document, occasion, view } = call;
      return view === undefined
        ? verifier.texts(document, occasion, resources)
        : verifier.view(view, document, occasion, resources);
    }
  }
}

function supplied(set: number, entries: readonly Entry[]): Resources {
  let resources = sets.get(set);
  if (resources === undefined) sets.set(set, (resources = new Resources()));
  for (const entry of entries) {
    if ("unavailable" in entry) resources.unavailable(entry.kind, entry.id, entry.unavailable);
    else resources.supply(entry.kind, entry.id, entry);
  }
  return resources;
}

/** The part of a worker's global scope that is used; the types of pages have none. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<{ number: number } & Call>) => void;
  postMessage: (reply: Reply) => void;
};

scope.onmessage = async ({ data }) => {
  const { number } = data;
  try {
    scope.postMessage({ number, value: await answer(data) });
  } catch (error) {
    const code = error instanceof LerError ? error.code : "internal";
    scope.postMessage({ number, error: { code, message: error instanceof Error ? error.message : String(error) } });
  }
};
