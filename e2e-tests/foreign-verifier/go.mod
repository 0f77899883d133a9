module dev.keyledger/foreign-verifier

go 1.25.0

require golang.org/x/mod v0.29.0

require filippo.io/mldsa v1.0.0
