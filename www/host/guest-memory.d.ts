// The memory of guests, in the host and in each worker of the pool (pool.js).
declare var guestMemory: WebAssembly.Memory;
