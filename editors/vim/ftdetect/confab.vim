autocmd BufNewFile,BufRead *.confab setfiletype confab
