/** What is used of WebAssembly: the types of Node 20 do not have it, and those of browsers have much that Node lacks. */
declare namespace WebAssembly {
  /** Code that is compiled, and not yet an instance. Nothing but an instance can be made of it. */
  class Module {
    private readonly compiled: true;
  }
  /** Compiles in threads; rejected with a CompileError for bytes that are no code. */
  function compile(bytes: Uint8Array): Promise<Module>;
}
