module example/verify

go 1.19
