import { asset, textAsset } from "./assets.js";

/** The engine, in a worker of its own. One request is under way at a time: a new one takes the place of the last. */
export class EngineClient {
  static async load() {
    const [wasm, program, catalogue] = await Promise.all([asset("engine.wasm"), asset("worker.js"), textAsset("catalogue.json")]);
    let module;
    try {
      module = await WebAssembly.compile(wasm);
    } catch (error) {
      throw new Error(`this browser cannot run the engine (${error.message}): use a current version of Chromium, Firefox or Safari`);
    }
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    return new EngineClient(module, JSON.parse(catalogue), address);
  }

  constructor(module, catalogue, program) {
    this.module = module;
    this.catalogue = catalogue;
    this.program = program;
    this.lastID = 0;
    this.starts = 0;
  }

  /** A client with a worker of its own: what it is asked for does not end what this one does. */
  another() {
    return new EngineClient(this.module, this.catalogue, this.program);
  }

  /**
   * Asks the worker for something: `{ result }`, `{ error }` with a message, or `{ isCancelled }`.
   *
   * Where `patience` milliseconds pass without a sign of it, the worker is ended and the answer is an error, which names
   * `culprit`.
   */
  ask(kind, request, { onProgress, patience, culprit = "the plugin" } = {}) {
    this.cancel();
    this.worker ??= this.startWorker();
    const id = ++this.lastID;
    return new Promise((resolve) => {
      let timer;
      const wait = () => {
        clearTimeout(timer);
        if (patience) timer = setTimeout(() => this.giveUp(patience, culprit), patience);
      };
      this.finish = (answer) => {
        clearTimeout(timer);
        this.finish = null;
        this.take = null;
        resolve(answer);
      };
      this.take = (message) => {
        if (message.id !== id) return;
        wait();
        if (message.progress) onProgress?.(message.progress);
        else this.finish(message);
      };
      wait();
      this.worker.postMessage({ id, kind, request: { module: this.module, catalogue: this.catalogue, ...request } });
    });
  }

  get isBusy() {
    return Boolean(this.finish);
  }

  /** Ends what is under way, whatever it does. */
  cancel() {
    if (!this.finish) return;
    this.end();
    this.finish({ isCancelled: true });
  }

  giveUp(patience, culprit) {
    this.end();
    this.finish?.({ error: { message: `${culprit} did not answer within ${patience / 1000} s; it was stopped and the engine started anew` } });
  }

  end() {
    this.worker?.terminate();
    this.worker = null;
  }

  startWorker() {
    this.starts += 1;
    const worker = new Worker(this.program);
    worker.addEventListener("message", ({ data }) => this.take?.(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.end();
      this.finish?.({ error: { message: `the worker failed: ${event.message}` } });
    });
    return worker;
  }
}
