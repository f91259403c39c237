// Faults on purpose, because none are known. Imported before anything else, in Node, a page or a worker, it stands between
// the glue and the functions of every instance: it can make the next call of one of them trap, and refuse to make an instance.
const Instance = WebAssembly.Instance;

/** (module (func (export "f") unreachable)) */
const { f } = new Instance(
  new WebAssembly.Module(
    Uint8Array.of(
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 0x0a, 5, 1, 3, 0, 0, 0x0b,
    ),
  ),
).exports;

/** Traps. */
export const crash = () => f();

const counts = new Map();

export const fault = {
  /** The function of the module whose next call traps. */
  next: undefined,
  /** Calls of it that go well before. */
  after: 0,
  /** Whether no instance can be made. */
  refusing: false,
  /** How many instances there were. */
  instances: 0,
  /** The memory of the newest one. */
  memory: undefined,
  /** How often a function was called. */
  calls: (name) => counts.get(name) ?? 0,
};

function called(name) {
  counts.set(name, fault.calls(name) + 1);
  if (fault.next !== name) return;
  if (fault.after > 0) {
    fault.after -= 1;
  } else {
    fault.next = undefined;
    crash();
  }
}

WebAssembly.Instance = function (module, imports) {
  if (fault.refusing) throw new RangeError("no room for an instance");
  const { exports } = new Instance(module, imports);
  fault.instances += 1;
  fault.memory = exports.memory;
  const wrapped = Object.entries(exports).map(([name, value]) =>
    typeof value === "function" ? [name, (...given) => (called(name), value(...given))] : [name, value],
  );
  return { exports: Object.fromEntries(wrapped) };
};
