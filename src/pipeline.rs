//! The road from a folder to the files of a book.
