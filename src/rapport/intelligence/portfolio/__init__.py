"""Where each customer stands: in the matrix of direct and indirect value, and between transactional and collaborative.

The matrix and its four places: Walter, Ritter & Gemünden, "Value creation in buyer-seller relationships", Industrial
Marketing Management 30 (2001), 365-377. From transactional to collaborative exchange: Day, "Managing market
relationships", Journal of the Academy of Marketing Science 28 (2000), 24-30.

All figures are stated sums of ranks, nothing is fitted. `facts` pulls what is known, `signals` measures it at a day,
`placing` ranks the signals and gives the places.
"""
