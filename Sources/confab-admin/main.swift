import Executor

MemoryDumps.forbid()
ProgramEnd.leave(with: AdminProgram.run(Array(CommandLine.arguments.dropFirst())))
