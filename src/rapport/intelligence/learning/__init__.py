"""Learning a prediction: past cases, the trial by time, the choice of algorithm, and what is kept of it.

`kept` holds learned things as plain JSON that attribute every chance to its columns; `artefact` seals and reads them;
`learning` goes the whole way; `promoting` decides which version is live.
"""
