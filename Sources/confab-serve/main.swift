import Executor

MemoryDumps.forbid()
ProgramEnd.leave(with: ServeProgram.run(Array(CommandLine.arguments.dropFirst())))
