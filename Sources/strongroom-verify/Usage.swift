/// The codes the tool ends with.
enum Exit {
    static let accepted: Int32 = 0
    static let rejected: Int32 = 1
    static let usage: Int32 = 2
}

/// What the tool says about itself.
enum Usage {
    static let short = """
        usage: strongroom-verify DIR (--key VKEY | --key-file FILE) \
        [--since CHECKPOINT-FILE [--since-key-file FILE]] [--json]
        """

    static let text = """
        \(short)

        Checks an exported access log without the vault, its keys or its program.

          DIR                the exported log: the directory in which `checkpoint` lies
          --key VKEY         the log's verifier key, one line: NAME+IDENTIFIER+KEY
          --key-file FILE    the same, read from a file
          --since FILE       a signed checkpoint of this log that you kept earlier. Only with it can a log whose tail
                             was cut, or an older copy of it, be told from one that has no more entries
          --since-key-file FILE
                             the key that signed that checkpoint, if the vault was restored from a backup since: the log
                             then goes on under another name and key, and its first entries are the former log's. Beyond
                             the head it was restored from, a former checkpoint proves that entries were lost
          --json             the verdict as one line of JSON

        The key must reach you by another way than the directory: on paper, by telephone, in last year's report. The
        export holds a copy as `log.vkey`; naming that one with --key-file proves only that the directory agrees with
        itself.

        Keep the `checkpoint` file of each log you accept, somewhere its host cannot write: it is the next --since.

        Ends with 0 when the log is accepted, 1 when it is rejected, 2 when the command was not understood.
        """
}
