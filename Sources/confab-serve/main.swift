import Executor
import Glibc

MemoryDumps.forbid()
exit(ServeProgram.run(Array(CommandLine.arguments.dropFirst())))
