import Executor
import Glibc

MemoryDumps.forbid()
exit(AdminProgram.run(Array(CommandLine.arguments.dropFirst())))
